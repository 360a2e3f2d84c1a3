.elseif 1
