.define F(a) a
 db F(1
