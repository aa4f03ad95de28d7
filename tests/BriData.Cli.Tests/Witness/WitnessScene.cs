namespace BriData.Cli.Tests.Witness;

/// <summary>A log, another history of it, and the folder of a witness that knows the log.</summary>
/// <param name="size">Entries of either history.</param>
/// <param name="forkAt">Index of the first entry in which they differ.</param>
public abstract class WitnessScene(int size = 40, int forkAt = 8) : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("bridata-witness-").FullName;

    protected string ListFile => Path.Combine(Folder, "logs.txt");

    private protected SampleLog Log { get; private set; } = null!;

    private protected SampleLog Fork { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Log, Fork) = (await SampleLog.CreateAsync(size: size), await SampleLog.CreateAsync(size: size, forkAt: forkAt));
        Serve(Log);
    }

    public ValueTask DisposeAsync()
    {
        Log.Dispose();
        Fork.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the list of logs that the witness knows.</summary>
    private protected void Serve(params SampleLog[] logs) =>
        File.WriteAllText(ListFile, "# served\n\n" + string.Concat(logs.Select(log => log.VerifierKey + "\n")));
}
