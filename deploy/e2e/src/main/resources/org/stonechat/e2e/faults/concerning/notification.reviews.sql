type = 'ReviewReplied'
