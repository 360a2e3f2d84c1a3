.org
