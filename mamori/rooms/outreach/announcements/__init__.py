"""What is written for everybody: news and articles of the help, each promise with its ground."""
