namespace VirtualView.Engine.Fetching;

/// <summary>What the engine did since it started; written from any thread.</summary>
internal sealed class EngineCounters
{
    private long _bytesServed;
    private long _reads;
    private long _bytesFetched;
    private long _failedFetches;
    private long _staleReads;

    public long BytesServed => Interlocked.Read(ref _bytesServed);

    public long Reads => Interlocked.Read(ref _reads);

    public long BytesFetched => Interlocked.Read(ref _bytesFetched);

    public long FailedFetches => Interlocked.Read(ref _failedFetches);

    public long StaleReads => Interlocked.Read(ref _staleReads);

    public void Served(long bytes)
    {
        Interlocked.Increment(ref _reads);
        Interlocked.Add(ref _bytesServed, bytes);
    }

    public void Fetched(long bytes) => Interlocked.Add(ref _bytesFetched, bytes);

    public void FetchFailed() => Interlocked.Increment(ref _failedFetches);

    public void ReadWasStale() => Interlocked.Increment(ref _staleReads);
}
