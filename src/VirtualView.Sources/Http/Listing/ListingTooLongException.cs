namespace VirtualView.Sources.Http.Listing;

/// <summary>Thrown from within a stream, where nothing else can be said, and caught by the reader of the listing.</summary>
internal sealed class ListingTooLongException : Exception;
