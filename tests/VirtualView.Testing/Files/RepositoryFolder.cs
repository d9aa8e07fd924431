namespace VirtualView.Testing.Files;

/// <summary>Where the repository is, from wherever in it the tests run.</summary>
public static class RepositoryFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "VirtualView.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("these tests run inside the repository");
    }
}
