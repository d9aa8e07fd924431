namespace VirtualView.Core.State;

/// <summary>
/// What a user told to keep in the cache: a path with all below it, or a glob.
/// </summary>
/// <param name="Path">In the view, as <see cref="Paths.ByteText"/> shows it.</param>
/// <param name="IsGlob">False for a path that stands for itself although it has characters of a glob in it.</param>
/// <param name="Since">When it was given.</param>
public sealed record PinRule(string Path, bool IsGlob, DateTimeOffset Since);
