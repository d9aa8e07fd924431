namespace VirtualView.State.Database;

/// <summary>One step from a schema to the next.</summary>
internal sealed record Migration(int Version, string Name, string Sql);
