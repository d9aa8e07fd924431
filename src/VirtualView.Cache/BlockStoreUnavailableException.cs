namespace VirtualView.Cache;

/// <summary>The folder cannot hold a store: it is not writable, or another process uses it. The message says which.</summary>
public sealed class BlockStoreUnavailableException(string message, Exception? cause = null) : IOException(message, cause);
