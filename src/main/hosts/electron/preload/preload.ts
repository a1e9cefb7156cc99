import { contextBridge, ipcRenderer } from 'electron'

// The page sees one function: it asks for a port to the engine, which comes to it as a message. Nothing of Electron crosses.
ipcRenderer.on('tapedeck:port', (event) => {
  window.postMessage('tapedeck:port', window.location.origin, event.ports)
})
contextBridge.exposeInMainWorld('tapedeck', { port: () => ipcRenderer.send('tapedeck:port') })
