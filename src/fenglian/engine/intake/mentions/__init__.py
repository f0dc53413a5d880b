"""What does an article name: organisations, persons, dates, counts, events, sentence by sentence?"""
