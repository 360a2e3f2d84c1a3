.define F(a, b) a
 db F(1)
