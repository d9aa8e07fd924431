using System.Xml.Linq;

namespace VirtualView.Architecture.Tests;

/// <summary>One project: what it refers to.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    public ProjectFile(string path)
    {
        (Path, _xml) = (path, XDocument.Load(path));
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary><c>Core</c> for <c>VirtualView.Core</c>.</summary>
    public string Room => Name.Replace("VirtualView.", "", StringComparison.Ordinal);

    public string RootNamespace => _xml.Descendants("RootNamespace").FirstOrDefault()?.Value ?? Name;

    public bool AllowsUnsafe => _xml.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true");

    public IEnumerable<string> ReferencedRooms =>
        Includes("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace("VirtualView.", "", StringComparison.Ordinal));

    public IEnumerable<string> Packages => Includes("PackageReference");

    public IEnumerable<string> PackagesWithVersion =>
        _xml.Descendants("PackageReference")
            .Where(element => element.Attribute("Version") is not null || element.Attribute("VersionOverride") is not null || element.Element("Version") is not null)
            .Select(element => (string)element.Attribute("Include")!);

    public override string ToString() => Repository.Relative(Path);

    private IEnumerable<string> Includes(string element) =>
        _xml.Descendants(element).Select(found => (string?)found.Attribute("Include")).OfType<string>();
}
