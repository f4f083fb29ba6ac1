std = "lua54"
max_line_length = 110
exclude_files = { "build" }
files["bindings/lua/library"] = { ignore = { "211", "212", "241" } } -- declarations for editors
