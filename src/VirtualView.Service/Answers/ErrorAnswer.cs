namespace VirtualView.Service.Answers;

/// <summary>The body of every answer that is not a success: a word for programs and a sentence for people.</summary>
public sealed record ErrorAnswer(string Error, string Message);
