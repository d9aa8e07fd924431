using VirtualView.Core.Units;

namespace VirtualView.Simulation.Remote;

/// <summary>A file as a server has it now.</summary>
public sealed record RemoteFile(Content Content, UnixTime ModifiedAt);
