.define
