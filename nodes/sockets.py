"""The pack's own socket types. Saved in users' workflows: never renamed."""

ALBUM_PLAN = "ALBUM_PLAN"  # stages.records.AlbumPlan
ALBUM_LAYOUT = "ALBUM_LAYOUT"  # stages.records.AlbumLayout
ALBUM_CAST = "ALBUM_CAST"  # stages.records.Cast
ALBUM_RENDERER = "ALBUM_RENDERER"  # stages.render.renderer.Renderer
ALBUM_GALLERY = "ALBUM_GALLERY"  # stages.leakage.Gallery
ALBUM = "ALBUM"  # stages.album_folder.AlbumFolder
ALBUM_ENCODER = "ALBUM_ENCODER"  # stages.encoders.PictureEncoder or PersonEncoder; facts.looks_at says which
