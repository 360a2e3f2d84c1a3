<html><body onload="x()">
