defined: lda defined
