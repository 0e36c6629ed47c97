"""Plan, layout and cast in, photos out. Renderers are interchangeable; the album loop knows only the interface."""
