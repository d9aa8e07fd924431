using Microsoft.AspNetCore.Http;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Service.Endpoints;

/// <summary>What a failure of the view is called in HTTP, for programs, and for people.</summary>
internal static class Failures
{
    public static int Status(FileSystemError error) => error switch
    {
        FileSystemError.NotFound or FileSystemError.NoAttribute or FileSystemError.NotRecorded => StatusCodes.Status404NotFound,
        FileSystemError.AccessDenied => StatusCodes.Status403Forbidden,
        FileSystemError.InvalidArgument or FileSystemError.NameTooLong or FileSystemError.NotADirectory
            or FileSystemError.IsADirectory or FileSystemError.NotASymlink => StatusCodes.Status400BadRequest,
        FileSystemError.Stale or FileSystemError.Exists => StatusCodes.Status409Conflict,
        FileSystemError.NotSupported => StatusCodes.Status501NotImplemented,
        FileSystemError.Unreachable or FileSystemError.Interrupted => StatusCodes.Status503ServiceUnavailable,
        FileSystemError.TimedOut => StatusCodes.Status504GatewayTimeout,
        FileSystemError.Corrupt => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The name of the error in camel case.</summary>
    public static string Word(FileSystemError error) => error.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    public static string Sentence(FileSystemError error, VirtualPath path) => error switch
    {
        FileSystemError.NotFound => $"there is no {path} in the view",
        FileSystemError.NotADirectory => $"a part of {path} is not a directory",
        FileSystemError.NotRecorded => $"the snapshot does not say what {path} is: nobody had looked there when it was taken",
        FileSystemError.Unreachable => $"no source that could have {path} answers",
        FileSystemError.TimedOut => $"no source answered for {path} in time",
        _ => $"{path}: {error}",
    };
}
