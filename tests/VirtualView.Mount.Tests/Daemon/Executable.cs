namespace VirtualView.Mount.Tests.Daemon;

/// <summary>Where the built program is: <c>artifacts/virtualview</c>, made by <c>scripts/build</c>.</summary>
internal static class Executable
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("VIRTUALVIEW_EXECUTABLE") is { Length: > 0 } named ? named : System.IO.Path.Combine(Repository, "artifacts", "virtualview");

    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "VirtualView.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("these tests run inside the repository");
        }
    }
}
