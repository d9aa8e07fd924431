using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Remote;

/// <summary>A content that was at a path of a source, from when to when (null: still).</summary>
public sealed class TrueVersion(SourceId source, VirtualPath path, RemoteFile file, string? tag, DateTimeOffset from)
{
    public SourceId Source => source;

    public VirtualPath Path => path;

    public RemoteFile File => file;

    /// <summary>What tells it from all others, where its server gives such.</summary>
    public string? Tag => tag;

    public DateTimeOffset From => from;

    public DateTimeOffset? Until { get; set; }

    /// <summary>True when size and time are those of another one.</summary>
    public bool LooksLike(RemoteFile other) => file.Content.SizeBytes == other.Content.SizeBytes && file.ModifiedAt == other.ModifiedAt;

    public override string ToString() => $"{path} {file.Content} modified {file.ModifiedAt}, there from {from:O} until {Until?.ToString("O") ?? "now"}";
}
