using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>Makes validators of what a server says.</summary>
internal interface IAnswerValidators
{
    /// <summary>Null when the answer carries neither ETag nor Last-Modified, and so proves nothing.</summary>
    Validator? From(HttpResponseMessage answer, long sizeBytes);
}
