.entry_point nowhere
