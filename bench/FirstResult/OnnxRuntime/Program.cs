using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Benchmarks;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

// Arguments: whether 8-bit products may saturate, the model's file, and a file of floats for each input, batch 1. MODELBUILD_ONNXRUNTIME names the native library.
using OrtSession session = new(args[1], new OrtSessionOptions { MaySaturate = bool.Parse(args[0]) });
Tensor[] inputs = [.. args.Skip(2).Select((path, i) => Tensor.Create<float>(Child.ReadInput(path), [.. session.Inputs[i].Dimensions.Select(d => Math.Max(d, 1))]))];
IReadOnlyList<Tensor> outputs = session.Run(inputs);
return Child.Finish(outputs[0].Values<float>());
