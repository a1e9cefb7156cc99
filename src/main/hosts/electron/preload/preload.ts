import { contextBridge, ipcRenderer } from 'electron'

// The page sees one function: it asks for a port to the engine or to the shell, which comes to it as a message. Nothing of
// Electron crosses.
ipcRenderer.on('tapedeck:port', (event, which: string) => {
  window.postMessage(`tapedeck:port:${which}`, window.location.origin, event.ports)
})
contextBridge.exposeInMainWorld('tapedeck', {
  port: (which: unknown) => ipcRenderer.send('tapedeck:port', which),
})
