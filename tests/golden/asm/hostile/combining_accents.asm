 db éééééééééééééééééééééééééééééééééééééééééééééééééé
