.org nowhere
