#!/bin/sh
rm -rf nothing
