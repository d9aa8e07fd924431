namespace VirtualView.Engine.CacheControl;

/// <summary>How far work on the cache has come.</summary>
/// <param name="Step"><c>select</c>, <c>fetch</c>, <c>evict</c>, <c>verify</c> or <c>repair</c>.</param>
/// <param name="Unit">What is counted: <c>directories</c>, <c>files</c> or <c>blocks</c>.</param>
/// <param name="Total">0 while it is not known.</param>
/// <param name="BytesTotal">0 where it is not known.</param>
public readonly record struct CacheProgress(string Step, string Unit, long Done, long Total, long Bytes, long BytesTotal);
