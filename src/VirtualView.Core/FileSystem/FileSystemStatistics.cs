namespace VirtualView.Core.FileSystem;

/// <summary>What <c>statfs</c> shows: the cache's capacity, and what the view is known to hold.</summary>
public readonly record struct FileSystemStatistics(long TotalBytes, long FreeBytes, long Files);
