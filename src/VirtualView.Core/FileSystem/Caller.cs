namespace VirtualView.Core.FileSystem;

/// <summary>Who makes a call: the owner of what it creates. Whether he may was checked before.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Gid">The group.</param>
public readonly record struct Caller(uint Uid, uint Gid);
