.define F(a) F(a)
 db F(1)
