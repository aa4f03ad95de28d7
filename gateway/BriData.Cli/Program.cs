using BriData.Cli;

return await BriDataCommand.RunAsync(new Surroundings(Console.Out, Console.Error, Environment.GetEnvironmentVariable) { Input = Console.In }, args);
