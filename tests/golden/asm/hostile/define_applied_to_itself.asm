.define F(a) a(a)
 db F(F)
