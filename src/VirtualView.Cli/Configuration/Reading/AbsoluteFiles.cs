using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>
/// Opens files by absolute path, also hidden ones and those in hidden folders, which the usual provider leaves out.
/// </summary>
internal sealed class AbsoluteFiles : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath) => new PhysicalFileInfo(new FileInfo(subpath));

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
