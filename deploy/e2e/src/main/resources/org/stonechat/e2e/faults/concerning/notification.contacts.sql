type = 'ContactChanged'
