using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>A file of a fake source: its bytes, and what the source says of them.</summary>
/// <param name="Listed">The validator in listings; null where those give only names.</param>
/// <param name="Answered">The validator of stats and reads.</param>
internal sealed record FakeFile(byte[] Bytes, Validator? Listed, Validator Answered);
