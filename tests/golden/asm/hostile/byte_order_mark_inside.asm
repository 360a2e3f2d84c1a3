 nop ﻿ nop
