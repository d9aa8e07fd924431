using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>A file that no source has: its name, and what makes its content at a time.</summary>
public sealed record VirtualFile(PathName Name, Func<UnixTime, byte[]> Content);
