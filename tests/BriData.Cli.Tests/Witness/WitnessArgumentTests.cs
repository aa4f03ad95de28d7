namespace BriData.Cli.Tests.Witness;

/// <summary>Arguments of <c>bridata witness</c>; everything here ends before anything listens.</summary>
public sealed class WitnessArgumentTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bridata-witness-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("--name", "a b")]
    [InlineData("--name", "a+b")]
    [InlineData("--rate", "0")]
    [InlineData("--urls", "https://localhost:0")]
    [InlineData("--urls", "http://localhost:0/witness")]
    [InlineData("--urls", "localhost")]
    public async Task Argument_NotInOrder_IsRefused(string option, string value)
    {
        var terminal = new Terminal();

        Assert.NotEqual(0, await terminal.RunAsync("witness", "--state", Path.Combine(_directory, "state"), "--logs", Path.Combine(_directory, "logs.txt"), option, value));

        Assert.False(Directory.Exists(Path.Combine(_directory, "state")));
        Assert.NotEmpty(terminal.Messages);
    }

    [Theory]
    [InlineData(null, "cannot be used")]
    [InlineData("# none\nno key\n", "Line 2")]
    public async Task List_ThatIsNone_IsRefused(string? content, string said)
    {
        var (terminal, logs) = (new Terminal(), Path.Combine(_directory, "logs.txt"));
        if (content is not null)
        {
            await File.WriteAllTextAsync(logs, content);
        }

        Assert.Equal(2, await terminal.RunAsync("witness", "--state", Path.Combine(_directory, "state"), "--logs", logs, "--name", "w", "--urls", "http://127.0.0.1:0"));

        Assert.Contains(said, terminal.Messages, StringComparison.Ordinal);
    }
}
