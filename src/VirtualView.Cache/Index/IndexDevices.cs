using FASTER.core;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>The devices of FASTER's checkpoints. Old checkpoints are deleted by <see cref="IndexSealer"/>, never by FASTER.</summary>
internal sealed class IndexDevices(StoreLayout layout, IndexWrites writes) : INamedDeviceFactory
{
    private string _folder = "";

    public void Initialize(string baseName) => _folder = baseName;

    public IDevice Get(FileDescriptor fileInfo) => new IndexDevice(layout, Path.Combine(_folder, fileInfo.directoryName, fileInfo.fileName), writes);

    public void Delete(FileDescriptor fileInfo)
    {
    }

    public IEnumerable<FileDescriptor> ListContents(string path) => [];
}
