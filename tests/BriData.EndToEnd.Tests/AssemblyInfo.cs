// Two at a time: the shared gateway's tests, and one that starts processes of its own.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
