using VirtualView.Core.Outcomes;

namespace VirtualView.Sources.Http.Writing;

/// <summary>Ends a request whose body cannot be read to its end.</summary>
internal sealed class ContentLostException(long offset, FileSystemError error) : IOException($"the bytes from {offset} on cannot be read ({error})");
