using System;
using System.Linq;
using ModelBuild.Benchmarks;

// Arguments: the model, the precision, and a file of floats for each input.
GeneratedModel model = GeneratedModels.Find(args[0], args[1] == nameof(Precision.Int8) ? Precision.Int8 : Precision.Float32)
    ?? throw new ArgumentException($"no model {args[0]}");
float[][] outputs = [.. model.OutputLengths.Select(length => new float[length])];
model.Predict([.. args.Skip(2).Select(Child.ReadInput)], outputs);
return Child.Finish(outputs[0]);
