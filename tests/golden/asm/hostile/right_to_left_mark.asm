 lda ‮#1
