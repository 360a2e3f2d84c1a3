 db $_
